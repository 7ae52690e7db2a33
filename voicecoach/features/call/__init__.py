"""The two sides of a call: whose sound is whose, and the turns of one side joined."""
