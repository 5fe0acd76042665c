"""Folium pages and GeoJSON layers; all text made safe."""
