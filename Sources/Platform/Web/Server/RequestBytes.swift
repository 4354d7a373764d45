import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// Reads a body whole, up to its limit.
enum RequestBytes {
  static func read(_ request: Request, limit: BodyLimit) async throws -> [UInt8] {
    if let length = request.headers.first(.contentLength).flatMap(Int.init), length > limit.bytes {
      throw Problem.bodyTooLarge(limit)
    }
    do {
      let buffer = try await request.body.collect(upTo: limit.bytes)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem.bodyTooLarge(limit)
    } catch {
      throw BrokenBody(cause: error)
    }
  }
}

/// The connection failed or broke the protocol while its body was read; the server below answers and closes.
struct BrokenBody: Error {
  let cause: any Error
}

extension Problem {
  static func bodyTooLarge(_ limit: BodyLimit) -> Problem {
    let kilobytes = limit.bytes / 1024
    return Problem(
      "body.too_large", status: 413,
      Phrase("发送的内容太大，最多 \(kilobytes) KB。", "What was sent is too large; at most \(kilobytes) KB."),
      advice: Phrase("请换小一些的文件，或分几次发送。", "Please choose a smaller file, or send it in parts."))
  }
}

enum MediaTypes {
  static func isJSON(_ contentType: String?) -> Bool { matches(contentType, "application/json") }
  static func isForm(_ contentType: String?) -> Bool {
    matches(contentType, "application/x-www-form-urlencoded")
  }
  static func isMultipart(_ contentType: String?) -> Bool { matches(contentType, "multipart/form-data") }

  /// Over bytes: this runs with every request that has a body.
  private static func matches(_ contentType: String?, _ type: StaticString) -> Bool {
    guard let contentType else { return false }
    let name = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }.lazy.filter { $0 != UInt8(ascii: " ") }
    return type.withUTF8Buffer { expected in
      name.elementsEqual(expected) { byte, expected in
        (65...90).contains(byte) ? byte + 32 == expected : byte == expected
      }
    }
  }
}
