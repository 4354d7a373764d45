package import Kernel
package import Security

/// Everything that one version of a policy says.
package struct PolicyContent: Sendable, Equatable {
  package var document: PolicyDocument
  package var words: PolicyPlainWords
  /// For those who read English; what is missing is shown in Chinese, with a note.
  package var english: PolicyEnglishWords
  /// What is different from the version before, in one sentence; empty for the first.
  package var whatChanged: String

  package init(
    document: PolicyDocument, words: PolicyPlainWords,
    english: PolicyEnglishWords = PolicyEnglishWords(), whatChanged: String = ""
  ) {
    self.document = document
    self.words = words
    self.english = english
    self.whatChanged = whatChanged
  }

  package var title: Phrase {
    Phrase(document.title, english.title.isEmpty ? document.title : english.title)
  }
}

/// The paper that was issued. Source: socialwork.md §2.9.
package struct PolicyDocument: Sendable, Equatable {
  package var title: String
  package var issuer: String
  /// 文号; empty for a notice without one.
  package var number: String
  package var level: PolicyLevel
  package var field: PolicyField
  /// Where it applies, as the paper says.
  package var area: String
  package var issued: PolicyDay
  /// The first day on which it holds.
  package var effective: PolicyDay
  /// The last day on which it holds; nil where the paper names none.
  package var expires: PolicyDay?
  /// Where the paper stands on the web; empty where it does not.
  package var source: String
  /// Of the file that was read, which is not kept: whoever has the paper can see that it is the same.
  package var file: Digest?
  /// The policy in whose place it comes.
  package var replaces: PolicyID?

  package init(
    title: String, issuer: String, number: String = "", level: PolicyLevel, field: PolicyField, area: String,
    issued: PolicyDay, effective: PolicyDay, expires: PolicyDay? = nil, source: String = "",
    file: Digest? = nil, replaces: PolicyID? = nil
  ) {
    self.title = title
    self.issuer = issuer
    self.number = number
    self.level = level
    self.field = field
    self.area = area
    self.issued = issued
    self.effective = effective
    self.expires = expires
    self.source = source
    self.file = file
    self.replaces = replaces
  }
}

/// What it means for a neighbour, in words that everybody understands. Source: the founding paper, 5.1; socialwork.md §2.9.
package struct PolicyPlainWords: Sendable, Equatable {
  package var summary: String
  /// For whom it is.
  package var audience: String
  /// How to apply, step by step.
  package var steps: [String]
  /// What to bring.
  package var documents: [String]
  /// Where the window is, when it is open, and its telephone; empty where there is none.
  package var place: String
  package var hours: String
  package var phone: String
  package var benefits: [PolicyBenefit]

  package init(
    summary: String, audience: String, steps: [String], documents: [String] = [], place: String = "",
    hours: String = "", phone: String = "", benefits: [PolicyBenefit] = []
  ) {
    self.summary = summary
    self.audience = audience
    self.steps = steps
    self.documents = documents
    self.place = place
    self.hours = hours
    self.phone = phone
    self.benefits = benefits
  }
}

/// The parts that are told in English as well; each may be empty.
package struct PolicyEnglishWords: Sendable, Equatable {
  package var title: String
  package var summary: String
  package var steps: [String]

  package init(title: String = "", summary: String = "", steps: [String] = []) {
    self.title = title
    self.summary = summary
    self.steps = steps
  }
}

/// One thing that somebody gets by it. Source: socialwork.md §2.9.
package struct PolicyBenefit: Sendable, Equatable {
  package var what: String
  /// Nil for what is not counted, such as a free check-up.
  package var amount: Amount?
  package var period: Period

  package init(what: String, amount: Amount?, period: Period) {
    self.what = what
    self.amount = amount
    self.period = period
  }

  package struct Amount: Sendable, Equatable {
    /// In hundredths of the unit: fen of yuan. Range: 1…999,999,999.
    package let hundredths: Int64
    package let unit: Unit

    package init(hundredths: Int64, unit: Unit) {
      self.hundredths = hundredths
      self.unit = unit
    }
  }

  package enum Unit: String, Sendable, CaseIterable {
    case yuan
    case percent
    case hours
    case days
    case times

    package var name: Phrase {
      switch self {
      case .yuan: Phrase("元", "yuan")
      case .percent: Phrase("%（百分之几）", "per cent")
      case .hours: Phrase("小时", "hours")
      case .days: Phrase("天", "days")
      case .times: Phrase("次", "times")
      }
    }
  }

  package enum Period: String, Sendable, CaseIterable {
    case once
    case each
    case day
    case month
    case quarter
    case year

    package var name: Phrase {
      switch self {
      case .once: Phrase("一次性", "once")
      case .each: Phrase("每次", "each time")
      case .day: Phrase("每天", "a day")
      case .month: Phrase("每月", "a month")
      case .quarter: Phrase("每季度", "a quarter")
      case .year: Phrase("每年", "a year")
      }
    }
  }
}
