/// What one page shows of a long list. One more is asked for than it shows, to learn whether more follow.
package struct Portion<Element> {
  package let shown: [Element]
  /// The last that is shown, where more follow: the next page begins behind it.
  package let last: Element?

  /// - Parameters:
  ///   - found: from where the page begins: at most `size + 1` of them.
  ///   - size: how many a page shows.
  package init(_ found: [Element], of size: Int) {
    shown = Array(found.prefix(size))
    last = found.count > size ? shown.last : nil
  }
}

extension Portion: Sendable where Element: Sendable {}
