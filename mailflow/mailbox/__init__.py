"""Where mails come from: IMAP and Maildir, behind one door."""
