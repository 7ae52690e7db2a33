"""Many recordings judged: plan, workers, results."""
