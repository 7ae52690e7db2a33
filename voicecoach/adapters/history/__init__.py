"""What the user keeps: takes with their index, speaker profiles."""
