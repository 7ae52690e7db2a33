"""Commands that set things up: doctor, calibrate, models, voices."""
