"""What the paper prints, each formula, reference and word beside what it must agree with; machinery: one floor up."""
