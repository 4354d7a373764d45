import Testing

/// Runs all tests. The package manager would write this file by itself, after looking through an index of everything that
/// the compiler knows; writing that index takes as long as half of the compiling, and none of it is used here.
@main struct Main {
  static func main() async {
    await Testing.__swiftPMEntryPoint() as Never
  }
}
