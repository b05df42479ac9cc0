"""How exactly orders are read: a catalogue of true orders, written as people write them and read back."""
