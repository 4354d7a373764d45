package import Database
package import Kernel

/// A picture in two sizes, made by this program from what was sent; the upload itself is never kept.
package struct Picture: Sendable, Equatable {
  package let id: PictureID
  /// `image/webp`, `image/jpeg` or `image/png`; `image/svg+xml` for drawings made by the program.
  package let mediaType: String
  /// Pixels of the large size.
  package let width: Int
  package let height: Int
  package let small: [UInt8]
  package let large: [UInt8]

  package init(id: PictureID, mediaType: String, width: Int, height: Int, small: [UInt8], large: [UInt8]) {
    self.id = id
    self.mediaType = mediaType
    self.width = width
    self.height = height
    self.small = small
    self.large = large
  }

  /// A drawing made by the program, which has no sizes. Never for what somebody sent: SVG can carry script.
  package static func drawing(_ id: PictureID, svg: [UInt8], width: Int, height: Int) -> Picture {
    Picture(id: id, mediaType: "image/svg+xml", width: width, height: height, small: svg, large: svg)
  }
}

package enum PictureSize: String, Sendable, CaseIterable {
  /// For lists and the desk.
  case small
  /// For the product's own page.
  case large
}

extension Snapshot {
  /// One size of a picture; nil in every other community.
  package func pictureBytes(
    _ id: PictureID, _ size: PictureSize, in community: CommunityID
  ) throws -> (mediaType: String, bytes: [UInt8])? {
    let column: Query = size == .small ? "small" : "large"
    return try first(
      "SELECT media_type, \(column) FROM shop_picture WHERE id = \(id) AND community_id = \(community)"
    ) { row in (try row[0], try row[1]) }
  }
}

extension Transaction {
  /// Stores pictures that the program made or re-encoded.
  package func insertPictures(_ pictures: [Picture]) throws {
    var rows = Rows(
      into: "shop_picture", "id", "community_id", "media_type", "width", "height", "small", "large",
      "created_at")
    for picture in pictures {
      rows.append(values: [
        picture.id.storedValue, community.storedValue, .text(picture.mediaType),
        .integer(Int64(picture.width)), .integer(Int64(picture.height)), .bytes(picture.small),
        .bytes(picture.large), now.storedValue,
      ])
    }
    try insert(rows)
  }

  func deletePicture(_ id: PictureID) throws {
    try execute("DELETE FROM shop_picture WHERE id = \(id) AND community_id = \(community)")
  }
}

/// The width and height of the large size of pictures, so that pages keep their place free.
typealias PictureSizes = [PictureID: ShelfPicture]

extension Snapshot {
  func pictureSizes(_ ids: [PictureID], in community: CommunityID) throws -> PictureSizes {
    let found = try all(
      "SELECT id, width, height FROM shop_picture WHERE id IN \(list: ids) AND community_id = \(community)"
    ) { row in ShelfPicture(id: try row[0], width: try row[1], height: try row[2]) }
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }
}
