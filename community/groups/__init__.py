"""Groups: who belongs, who may read, how one closes without losing anything."""
