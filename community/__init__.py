"""Groups, threads, events and partner search: people who answer each other."""
