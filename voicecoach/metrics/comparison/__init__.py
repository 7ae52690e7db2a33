"""How two judges, two texts, two rows of figures agree, and how sure a share or a mean is."""
