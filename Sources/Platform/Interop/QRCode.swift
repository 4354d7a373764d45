import CQREncode
import Kernel

/// A QR code as a square of dark and light modules, drawn as SVG.
package struct QRCode: Sendable, Hashable {
  /// How much of the code may be dirty or torn and still be read.
  package enum Correction: Sendable, CaseIterable {
    /// About 15 %: for screens.
    case medium
    /// About 25 %: for paper that is folded and carried.
    case quartile

    fileprivate var level: QRecLevel { self == .medium ? QR_ECLEVEL_M : QR_ECLEVEL_Q }
  }

  /// Modules on a side, without the quiet zone: 21 + 4k.
  package let side: Int
  private let dark: [Bool]

  /// - Parameter text: at most 1,500 bytes, which fit at either correction.
  /// - Throws: `qr.too_long`.
  package init(_ text: String, correction: Correction = .medium) throws {
    let bytes = Array(text.utf8)
    guard (1...1500).contains(bytes.count),
      let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, correction.level)
    else { throw Problem.qrTooLong }
    defer { QRcode_free(code) }
    side = Int(code.pointee.width)
    // The lowest bit of each byte tells dark from light; the others say what the module is for.
    dark = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
  }

  package func isDark(row: Int, column: Int) -> Bool { dark[row * side + column] }

  /// An `svg` element with a light square and one dark path, a quiet zone of four modules around it (ISO/IEC 18004),
  /// no style and no script. Its size comes from the page.
  /// - Parameter title: what a screen reader says; escaped here.
  package func svg(title: String) -> String {
    let edge = side + 8
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 \(edge) \(edge)" \
      shape-rendering="crispEdges"><title>\(Self.escaped(title))</title>\
      <rect width="\(edge)" height="\(edge)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
      """
  }

  /// One rectangle for each run of dark modules in a row.
  private var path: String {
    var path = ""
    for row in 0..<side {
      var column = 0
      while column < side {
        let start = column
        while column < side, isDark(row: row, column: column) { column += 1 }
        if column > start { path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z" }
        column += 1
      }
    }
    return path
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Problem {
  static let qrTooLong = Problem(
    "qr.too_long", status: 422, Phrase("内容太长或是空的，做不成二维码。", "The content is empty or too long for a QR code."))
}
