// Nothing: the target that parses the common headers needs a source.
