"""How an answer is meant and told, whatever it is about: stance, routine, stories."""
