"""A small invented desk to show the whole job on: registers, people, mails."""
