"""The paper's tables and figures: their part of the session, and what is measured for them."""
