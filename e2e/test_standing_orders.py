"""What a household needs every week: written once, ordered by itself, asked about before it costs more."""
