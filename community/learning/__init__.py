"""What was learnt in a thread becomes a case study: where its words come from, and who agreed to be quoted."""
