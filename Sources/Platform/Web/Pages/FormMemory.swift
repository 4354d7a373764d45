/// What a browser remembers of forms.
enum FormMemory {
  /// The same page with every form told to forget what is typed in it, so that a shared tablet offers it to nobody else.
  static func off(_ html: HTML) -> HTML {
    let mark = Array("<form ".utf8)
    let said = Array("<form autocomplete=\"off\" ".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(html.bytes.count + 256)
    var rest = html.bytes[...]
    while let start = rest.firstIndex(of: mark[0]) {
      bytes.append(contentsOf: rest[..<start])
      rest = rest[start...]
      if rest.starts(with: mark) {
        bytes.append(contentsOf: said)
        rest = rest.dropFirst(mark.count)
      } else {
        bytes.append(mark[0])
        rest = rest.dropFirst()
      }
    }
    bytes.append(contentsOf: rest)
    return HTML(trusted: bytes)
  }
}
