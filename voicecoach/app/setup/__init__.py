"""Before a practice: doctor, calibration, the path of sound, checked packs."""
