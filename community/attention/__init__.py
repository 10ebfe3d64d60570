"""What a person hears of: watching, notifications, digests, answers by mail."""
