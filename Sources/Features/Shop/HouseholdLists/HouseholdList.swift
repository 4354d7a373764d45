import Kernel

/// A list of households that somebody keeps: who is on it, since when, and nothing else.
package enum HouseholdList: Sendable, CaseIterable {
  /// Under the rule "need first" a shortage does not reach them. Who they are is known to the committee and social workers
  /// alone; a leader reads "reserved n" and no more.
  case protected
  /// They want the catalogue on paper: a wish, kept by those who bring the paper.
  case paper

  /// Who reads and keeps it.
  var keepers: Set<Role> {
    switch self {
    case .protected: [.committee, .socialWorker, .supervisor]
    case .paper: SlipKeyer.roles
    }
  }

  /// Where it is kept.
  var path: String {
    switch self {
    case .protected: "/protected-households"
    case .paper: "/desk/paper-households"
    }
  }

  var title: Phrase {
    switch self {
    case .protected: Phrase("优先照顾的家庭", "Protected households")
    case .paper: Phrase("要纸单的住户", "Households that want paper")
    }
  }

  /// What being on it means.
  var meaning: Phrase {
    switch self {
    case .protected:
      Phrase(
        "团购约定“先照顾有需要的家庭”时，货不够也先满足他们。团长只看到“优先 n 份”，看不到是谁。",
        "Where a group-buy serves households in need first, a shortage does not reach them. Leaders read “reserved n” and never who."
      )
    case .paper:
      Phrase("每次印目录，都给这些住户印一张单子。", "Whenever a catalogue is printed, these households get a slip.")
    }
  }

  /// The button that takes a household off, and what it is called where the button alone is read out.
  /// - Parameter door: of the household.
  func removal(of door: Phrase) -> (button: Phrase, name: Phrase) {
    switch self {
    case .protected:
      (
        Phrase("不再列入", "Take off the list"),
        Phrase("\(door.chinese) 不再列入", "Take \(door.english) off the list")
      )
    case .paper:
      (
        Phrase("不再要了", "No more paper"),
        Phrase("不再给 \(door.chinese) 印", "No more paper for \(door.english)")
      )
    }
  }
}
