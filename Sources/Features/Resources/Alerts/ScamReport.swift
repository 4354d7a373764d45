package import Kernel
package import People

/// What somebody told the station of a scam, of false advertising or of a theft at a pickup point.
///
/// Source: paper 5.3, field/socialwork.md §4 item 6. Never shown to anybody by name but to the station.
package struct ScamReport: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case call
    case link
    case fakeGoods = "fake_goods"
    case falseAdvertising = "false_advertising"
    case doorToDoor = "door_to_door"
    case pickupTheft = "pickup_theft"
  }

  package enum State: String, Sendable, CaseIterable {
    case reported
    case verifying
    case verified
    case unfounded
    case unclear
  }

  /// What was told beside the kind; sealed, and each of it may be empty.
  package struct Details: Sendable, Equatable {
    package var words = ""
    package var phone = ""
    package var link = ""
    /// Where money was to go.
    package var account = ""
    /// Which goods or which page.
    package var listing = ""

    package static let none = Details()
  }

  package let id: ScamReportID
  package let kind: Kind
  package let state: State
  package let revision: Int64
  /// Who told it; nil where they were deleted or wished to give no name.
  package let reporter: PersonID?
  /// Who wrote it down; nil for those who told it by themselves.
  package let recordedBy: Actor?
  package let reportedAt: Timestamp
  package let details: Details
  /// What the station found; sealed.
  package let note: String
  /// The merchant whose goods or words it is about.
  package let merchant: MerchantID?
  /// The report about the same number or page with which it goes.
  package let mergedInto: ScamReportID?
  package let closedAt: Timestamp?
  /// When its texts and its voice go.
  package let forgetAt: Timestamp
  /// When they went; that there was such a report is all that is left then.
  package var forgottenAt: Timestamp?
}

extension ScamReport.Kind {
  package var name: Phrase {
    switch self {
    case .call: Phrase("诈骗电话", "A phone call")
    case .link: Phrase("链接或短信", "A link or a message")
    case .fakeGoods: Phrase("假货", "Fake goods")
    case .falseAdvertising: Phrase("虚假宣传", "False advertising")
    case .doorToDoor: Phrase("上门推销", "A seller at the door")
    case .pickupTheft: Phrase("自提点丢东西", "Theft at a pickup point")
    }
  }
}

extension ScamReport.State {
  package var name: Phrase {
    switch self {
    case .reported: Phrase("收到了", "Received")
    case .verifying: Phrase("正在核实", "Being checked")
    case .verified: Phrase("核实了，是真的", "Found to be true")
    case .unfounded: Phrase("查过，没有这回事", "Found to be unfounded")
    case .unclear: Phrase("查不清楚", "Cannot be told")
    }
  }

  /// Nothing more is looked into.
  package var isClosed: Bool { self == .verified || self == .unfounded || self == .unclear }

  /// What may come after it.
  package var following: Set<ScamReport.State> {
    switch self {
    case .reported: [.verifying]
    case .verifying: [.verified, .unfounded, .unclear]
    // Somebody else may tell more of it.
    case .unclear: [.verifying]
    case .verified, .unfounded: []
    }
  }
}

/// The rules of reports.
enum ScamReportRules {
  /// Texts of what turned out to be unfounded are kept for so long, since somebody may be wronged by them.
  static let keptUnfounded = Duration.days(30)
  static let kept = Duration.days(180)
  /// Nothing that nobody closed is kept for longer, counted from when it was told.
  static let keptOpen = Duration.days(365)
  /// What was not closed by then stands on the desk as old.
  static let oldAfter = Duration.days(30)
  static let wordsLength = 1...1000
  static let lineLength = 1...200
  static let noteLength = 1...1000

  /// When the texts of a report go, from the moment at which it came into a state. Nil where it stays as it was: looking
  /// into a report, or once more, keeps nothing for longer.
  static func forgetting(_ state: ScamReport.State, at moment: Timestamp) -> Timestamp? {
    switch state {
    case .reported, .verifying: nil
    case .unfounded: moment + keptUnfounded
    case .verified, .unclear: moment + kept
    }
  }

  static func refusal(toMove report: ScamReport, to state: ScamReport.State) -> Problem? {
    if report.forgottenAt != nil { return .reportForgotten }
    if report.mergedInto != nil { return .reportMerged }
    return report.state.following.contains(state) ? nil : .reportNotPossible
  }

  /// Details come while nothing is decided.
  static func refusal(toDescribe report: ScamReport) -> Problem? {
    report.state.isClosed || report.mergedInto != nil || report.forgottenAt != nil ? .reportClosed : nil
  }

  /// Two reports go together where they name the same number, page or account, and neither is closed or merged.
  static func refusal(
    toMerge report: ScamReport, into other: ScamReport, haveCommonTrace: Bool
  ) -> Problem? {
    guard report.id != other.id, haveCommonTrace else { return .reportsNotAlike }
    if report.forgottenAt != nil || other.forgottenAt != nil { return .reportForgotten }
    if report.mergedInto != nil || other.mergedInto != nil { return .reportMerged }
    return report.state.isClosed || other.state.isClosed ? .reportNotPossible : nil
  }
}

extension Problem {
  static let reportNotPossible = Problem(
    "resources.report_not_possible", status: 409,
    Phrase("这条反映现在不能这样做。", "This cannot be done with the report as it stands."),
    advice: Phrase("请看一下它现在的状态。", "Please look at how it stands."))

  static let reportStale = Problem(
    "resources.report_stale", status: 409,
    Phrase("刚才有人改过。", "Somebody has just changed this."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let reportClosed = Problem(
    "resources.report_closed", status: 409,
    Phrase("这条反映已经办完了。", "This report is closed already."),
    advice: Phrase("还有新情况，请再反映一次。", "If there is more to tell, please report again."))

  static let reportForgotten = Problem(
    "resources.report_forgotten", status: 409,
    Phrase("时间到了，这条反映的内容已经删掉。", "Its time is over: what this report said is deleted."),
    advice: Phrase("还有新情况，请另记一条。", "If there is more to it, please take a new report."))

  static let reportMerged = Problem(
    "resources.report_merged", status: 409,
    Phrase("这条反映已经并到另一条里了。", "This report goes with another one."),
    advice: Phrase("请打开那一条再办。", "Please open that one."))

  static let reportsNotAlike = Problem(
    "resources.reports_not_alike", status: 422,
    Phrase("两条反映说的不是同一个号码、网址或账户。", "These do not name the same number, page or account."),
    advice: Phrase("请只合并说同一件事的。", "Please put together only what is about the same."))
}
