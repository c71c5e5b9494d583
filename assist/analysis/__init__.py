"""The thinking part: stages that read a masked transcript and say what they find, each with its proof."""
