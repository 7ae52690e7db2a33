"""Third-party engines and the file system live here and nowhere else."""
