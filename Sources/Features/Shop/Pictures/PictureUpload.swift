import Interop
import Kernel

extension Picture {
  /// The picture that an upload is made into: decoded and encoded anew, in both sizes.
  /// - Throws: `picture.*` when the bytes are no picture that we read.
  static func upload(_ bytes: [UInt8], as id: PictureID, through reencoder: PictureReencoder) async throws
    -> Picture
  {
    let made = try await reencoder.reencode(bytes)
    guard let small = made.first, let large = made.last else { throw Problem.internalFault }
    return Picture(
      id: id, mediaType: PictureVariant.mediaType, width: large.width, height: large.height,
      small: small.bytes, large: large.bytes)
  }
}
