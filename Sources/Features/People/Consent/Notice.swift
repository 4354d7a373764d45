package import Kernel
package import Security

/// What somebody's data may be used for, where the law or decency asks them first.
package enum ConsentPurpose: String, Sendable, CaseIterable {
  /// Looking how somebody is when their bag is brought up.
  case wellbeing
  /// Telling a named relative.
  case sharing
  /// Telling something in public with their name: their story, or a review.
  case publishing
  /// Counting in totals: what they ordered, or whom they had to do with, as the notice says.
  case statistics
  /// Taking and showing pictures of them.
  case photos
  /// What a social worker notes of somebody whom they help.
  case casework
  /// Passing on to one organisation what it needs to help.
  case referral
  /// Letting neighbours see what they can do and would do for others.
  case gifts

  /// Whether it is nobody's business but the subject's and theirs who help them that this was asked at all.
  package var isConfidential: Bool { self == .casework || self == .referral }

  /// Whether it is asked anew for each single thing. Source: PIPL art. 23, which wants each recipient named.
  package var isForOneMatter: Bool { self == .referral }

  package var name: Phrase {
    switch self {
    case .wellbeing: Phrase("送货时看看您好不好", "Looking how you are when your bag comes")
    case .sharing: Phrase("把您的情况告诉一位家人", "Telling one relative how you are")
    case .publishing: Phrase("公开写上您的称呼", "Naming you in public")
    case .statistics: Phrase("算进合计", "Counting in totals")
    case .photos: Phrase("拍照、用您的照片", "Taking and showing photos of you")
    case .casework: Phrase("社工陪您解决难处", "A social worker helping you with what is hard")
    case .referral: Phrase("请另一家机构帮您", "Asking another organisation to help you")
    case .gifts: Phrase("让邻居看到您会什么", "Letting neighbours see what you can do")
    }
  }
}

/// Which of somebody's data a consent is about.
package enum DataCategory: String, Sendable, CaseIterable {
  case name
  case door
  /// Whether they were seen, did not answer, or something was wrong.
  case wellbeing
  case orders
  case story
  /// What they wrote of goods, under their name.
  case reviews
  case likeness
  case phone
  /// What they tell a social worker of their life.
  case circumstances
  case health
  /// What they can do and would do for others.
  case gifts
  /// Whom they helped, bought from, met, pointed on or taught, and who did so for them.
  case ties

  package var name: Phrase {
    switch self {
    case .name: Phrase("称呼", "What you are called")
    case .door: Phrase("门牌号", "Your door")
    case .wellbeing: Phrase("见到了、没应答、不对劲", "Seen, no answer, or something wrong")
    case .orders: Phrase("买了什么、花了多少", "What you ordered and for how much")
    case .story: Phrase("您讲的经历", "What you told us of yourself")
    case .reviews: Phrase("您写的评价", "Reviews that you wrote")
    case .likeness: Phrase("照片", "Pictures of you")
    case .phone: Phrase("电话号码", "Your telephone number")
    case .circumstances: Phrase("您讲的生活情况", "What you tell of your life")
    case .health: Phrase("身体情况", "Your health")
    case .gifts: Phrase("您会什么、愿意帮什么", "What you can do and would do for others")
    case .ties: Phrase("和谁有过来往", "Whom you had to do with")
    }
  }
}

/// Who may get to know the data.
package enum ConsentRecipient: String, Sendable, CaseIterable {
  /// Social workers and their supervisors.
  case station
  /// Whoever carries the bag.
  case volunteers
  /// One person by name.
  case relative
  /// Those who read reports; they see totals.
  case reportReaders = "report_readers"
  /// Everybody, of totals and nothing else: merchants in their monthly page, neighbours on pages and boards.
  case totalsForAll = "totals_for_all"
  case everyone
  /// One organisation, named each time that it is asked.
  case partner
  /// People of the community who are signed in.
  case neighbours

  package var name: Phrase {
    switch self {
    case .station: Phrase("服务站的社工", "The station’s social workers")
    case .volunteers: Phrase("送货上门的人", "Whoever brings your bag")
    case .relative: Phrase("您指定的一位家人", "One relative whom you name")
    case .reportReaders: Phrase("看统计报告的人，只看到合计", "Readers of reports, who see totals only")
    case .totalsForAll: Phrase("商户和所有人，只看到合计", "Merchants and everybody, who see totals only")
    case .everyone: Phrase("所有人", "Everybody")
    case .partner: Phrase("问您时说明的那一家机构", "The organisation named in the question")
    case .neighbours: Phrase("登录了的本社区邻居", "Neighbours of this community who are signed in")
    }
  }
}

/// Why a consent has to be asked on its own. Source: PIPL art. 23, 25, 29; Advertising Law art. 33.
package enum SeparateConsent: String, Sendable, CaseIterable {
  case none
  case sensitive
  case share
  case publish
  case image
  /// Acting for somebody; mandates are kept as such.
  case proxy
}

/// One version of what people are told before they agree. It never changes: other words are a new version.
package struct Notice: Sendable, Equatable {
  package let id: NoticeID
  package let content: NoticeContent
  package let digest: Digest
}

/// The words of a notice and what it covers. Source: field/socialwork.md §2.4; PIPL art. 17.
package struct NoticeContent: Sendable, Equatable {
  /// Stable over all versions: `wellbeing-check`.
  package let code: String
  package let version: Int64
  package let separateFor: SeparateConsent
  package let title: Phrase
  /// Shown in large type.
  package let body: Phrase
  /// The same in words for reading aloud.
  package let spoken: Phrase
  package let purposes: Set<ConsentPurpose>
  package let categories: Set<DataCategory>
  package let recipients: Set<ConsentRecipient>
  package let retention: Phrase
  package let contact: Phrase
  package let withdrawal: Phrase

  /// Whether nobody but the subject and those who help them may learn that it was asked.
  package var isConfidential: Bool { purposes.contains { $0.isConfidential } }

  /// Whether each answer is for one thing alone.
  package var isForOneMatter: Bool { purposes.contains { $0.isForOneMatter } }

  /// Names the words and what they cover; a changed word is another digest.
  package var digest: Digest {
    let texts = [title, body, spoken, retention, contact, withdrawal].flatMap { [$0.chinese, $0.english] }
    let fields =
      [code, String(version), separateFor.rawValue] + texts
      + [ChoiceList.text(purposes), ChoiceList.text(categories), ChoiceList.text(recipients)]
    return Digest(domain: 3, fields: fields.map { Array($0.utf8) })
  }
}
