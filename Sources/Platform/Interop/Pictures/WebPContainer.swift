/// The chunks of a WebP file (RFC 9649).
///
/// The encoder is asked to write no metadata, but libvips 8.14 keeps the camera's data and with it the place in WebP
/// files all the same. So what is served is put together again from the chunks that hold pixels, and from no others.
enum WebPContainer {
  private static let pixelChunks: Set<String> = ["VP8 ", "VP8L", "ALPH"]
  /// Only the mark for transparency stays; those for profile, camera data, XMP and animation go with their chunks.
  private static let transparency: UInt8 = 0x10

  /// The file with nothing but its pixels; nil when it is no whole WebP file of one picture.
  static func withoutMetadata(_ file: [UInt8]) -> [UInt8]? {
    guard file.count >= 20, file.starts(with: "RIFF".utf8), file[8..<12].elementsEqual("WEBP".utf8) else {
      return nil
    }
    var kept: [UInt8] = Array("WEBP".utf8)
    var hasPixels = false
    var position = 12
    while position + 8 <= file.count {
      let name = String(decoding: file[position..<position + 4], as: UTF8.self)
      let size = file[position + 4..<position + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let end = position + 8 + size
      guard end <= file.count else { return nil }
      // Chunks begin at even places.
      let padded = Array(file[position..<end]) + (size % 2 == 1 ? [0] : [])
      if name == "VP8X", size >= 10 {
        kept += padded[..<8] + [padded[8] & transparency] + padded[9...]
      } else if pixelChunks.contains(name) {
        kept += padded
        hasPixels = hasPixels || name != "ALPH"
      }
      position = end + size % 2
    }
    guard hasPixels, let size = UInt32(exactly: kept.count) else { return nil }
    return Array("RIFF".utf8) + withUnsafeBytes(of: size.littleEndian) { Array($0) } + kept
  }
}
