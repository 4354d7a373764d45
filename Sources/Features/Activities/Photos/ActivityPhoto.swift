import Kernel
import People

/// A photo of an activity, with who can be recognised in it. Source: field/socialwork.md §2.4 (PIPL art. 25, 26;
/// Civil Code art. 1019).
struct ActivityPhoto: Sendable, Equatable {
  let id: ActivityPhotoID
  let activity: ActivityID
  let people: People
  /// Who can be recognised, as far as they are known.
  let persons: [PersonID]
  let caption: String
  /// Pixels of the large size.
  let width: Int
  let height: Int
  let uploadedAt: Timestamp
  /// Nil while the station alone sees it.
  let publishedAt: Timestamp?

  /// What whoever uploads a photo has to say of it.
  enum People: String, Sendable, CaseIterable {
    /// Backs, hands, a full hall from afar.
    case nobody
    /// Everybody who can be recognised is named.
    case listed
    /// Somebody can be recognised who has no account, so that nobody knows whether they agree.
    case others

    var name: Phrase {
      switch self {
      case .nobody: Phrase("认不出任何人", "Nobody can be recognised")
      case .listed: Phrase("认得出的都勾上了", "Everybody who can be recognised is ticked")
      case .others: Phrase("还有别人认得出，没法勾", "Somebody else can be recognised who cannot be ticked")
      }
    }
  }

  enum Size: String, Sendable, CaseIterable {
    case small
    case large
  }
}

/// When a photo may be seen.
enum PhotoRules {
  /// Photos of one activity.
  static let limit = 60
  /// Persons who are offered for ticking.
  static let offered = 500
  static let captionLength = 1...60
  /// How long a photo waits for those in it to agree.
  static let waitingTime = Duration.days(30)

  /// Whether residents may see it now: only where nobody can be recognised, or all of them are known and agree at this
  /// moment.
  ///
  /// - Parameter agreed: those among `persons` who do.
  static func isShowable(
    _ people: ActivityPhoto.People, _ persons: [PersonID], agreed: Set<PersonID>
  ) -> Bool {
    switch people {
    case .nobody: persons.isEmpty
    case .listed: !persons.isEmpty && persons.allSatisfy { agreed.contains($0) }
    case .others: false
    }
  }

  static func refusal(toPublish photo: ActivityPhoto, agreed: Set<PersonID>) -> Problem? {
    if photo.people == .others { return .photoOfOthers }
    return isShowable(photo.people, photo.persons, agreed: agreed) ? nil : .photoNotAgreed
  }
}

extension Problem {
  static let photoOfOthers = Problem(
    "activities.photo_of_others", status: 409,
    Phrase("照片里有人认得出、又没法问他同不同意。", "Somebody can be recognised in it who cannot be asked."),
    advice: Phrase(
      "请换一张认不出人的，或者只拍同意的人。", "Please choose one in which nobody can be, or only those who agree."))

  static let photoNotAgreed = Problem(
    "activities.photo_not_agreed", status: 409,
    Phrase("照片里有人还没有同意登照片。", "Somebody in it has not agreed to photos of them."),
    advice: Phrase(
      "请先问本人；本人在“我的同意”里点，或者当面签字。",
      "Please ask them first; they answer under their consents, or sign on paper."))

  static let photoTooMany = Problem(
    "activities.photo_too_many", status: 409,
    Phrase("这个活动已经有 \(PhotoRules.limit) 张照片。", "This activity already has \(PhotoRules.limit) photos."),
    advice: Phrase("请先删掉几张。", "Please delete some first."))
}
