"""What changes the outside world, once per key: drafts, sends, records, and accounts opened from deals."""
