import Database
package import Kernel
import Web

/// A photo of the shelf on which bags stand without anybody beside them. Source: paper 5.3 自提点防盗;
/// field/socialwork.md §4.7.
package struct ShelfPhoto: Sendable, Equatable {
  package let id: ShelfPhotoID
  package let campaign: CampaignID
  package let point: PickupPointID
  package let occasion: Occasion
  package let takenBy: PersonID
  package let takenAt: Timestamp
  /// Pixels of the large size.
  package let width: Int
  package let height: Int

  package enum Occasion: String, Sendable, CaseIterable, Storable {
    /// When the bags were put there.
    case placed
    /// When the pickup window ended.
    case closing
    case other

    package var name: Phrase {
      switch self {
      case .placed: Phrase("摆好的时候", "When the bags were put there")
      case .closing: Phrase("收摊的时候", "At closing time")
      case .other: Phrase("中间看一眼", "In between")
      }
    }
  }

  /// How long a photo is kept: long enough for every report, short enough that nobody's comings and goings are.
  package static let keepingTime = Duration.days(14)
  /// The most photos of one campaign.
  static let limit = 40
}

/// Where the bag of one order stands.
package struct ShelfPlace: Sendable, Equatable {
  package let order: OrderID
  /// As it is written on the shelf: `A3`.
  package let place: String
  package let placedBy: PersonID
  package let placedAt: Timestamp

  /// In characters.
  static let length = 1...12
}

extension Problem {
  static let shelfTooManyPhotos = Problem(
    "shelf.too_many_photos", status: 409,
    Phrase(
      "这个团的货架照片已经有 \(ShelfPhoto.limit) 张。",
      "This group-buy already has \(ShelfPhoto.limit) photos of its shelf."),
    advice: Phrase("两个星期后旧照片会自动删掉。", "Old ones are deleted by themselves after two weeks."))

  static let shelfNotYet = Problem(
    "shelf.too_early", status: 409,
    Phrase("货还没登记到，先不用摆货架。", "The goods are not counted in yet."),
    advice: Phrase("请先登记到货。", "Please record the arrival first."))
}

/// Deletes a photo of the shelf when its time has come.
enum ForgetShelfPhoto {
  static let kind: StaticString = "shop.forget_shelf_photo"

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["photo"], let id = ShelfPhotoID(text)
    else { return }
    try ShelfStore.delete(id, in: transaction)
  }

  static func schedule(_ id: ShelfPhotoID, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: id.description, at: transaction.now + ShelfPhoto.keepingTime, body: #"{"photo":"\#(id)"}"#)
  }
}
