"""Does this answer cover this point, and where was it said?"""
