"""Members' pages: what somebody wrote and whom she helped."""
