"""The demo: a plainly fictional section, its people, and positions in every state.

Everything happens through the actions and moves of real use, at the moments of a made-up calendar,
so that the history of each thing is genuine. Nothing is said in the name of a real library.
"""
