"""Pure rules of onboarding: no clock, no network, no database."""
