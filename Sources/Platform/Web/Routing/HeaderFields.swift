package import HTTPTypes

extension HTTPFields {
  /// The value of the first field with this name; nil when there is none. The subscript joins all of them, which
  /// builds lists for what nearly always stands once.
  package func first(_ name: HTTPField.Name) -> String? {
    for position in indices where self[position].name == name { return self[position].value }
    return nil
  }
}
