// A program that does nothing: the target that parses the common headers with
// the flags of programs has to be one.

int main() { return 0; }
