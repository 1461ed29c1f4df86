"""The parts that the networks share: attention, gate, readouts, local context."""
