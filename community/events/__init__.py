"""Events: workshops, webinars and deadlines, with registration and calendar files."""
