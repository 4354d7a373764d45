import Database
package import Kernel

/// What a client thinks of how they were treated: the four questions that Primero's client feedback asks
/// (field/socialwork.md §2.14).
package struct Feedback: Sendable, Equatable {
  package let answers: [Question: Answer]
  package let text: CareTextID?
  package let at: Timestamp

  package enum Question: String, Sendable, CaseIterable {
    case privacy
    case listening
    case choices
    case deciding

    package var name: Phrase {
      switch self {
      case .privacy: Phrase("我的事有没有替我保密？", "Was what I told kept private?")
      case .listening: Phrase("社工有没有好好听我说？", "Was I listened to?")
      case .choices: Phrase("有没有告诉我可以怎么选？", "Was I told what I could choose from?")
      case .deciding: Phrase("下一步是不是我自己定的？", "Did I decide the next steps myself?")
      }
    }
  }

  package enum Answer: String, Sendable, CaseIterable, Storable {
    case yes
    case partly
    case no

    package var name: Phrase {
      switch self {
      case .yes: Phrase("是", "Yes")
      case .partly: Phrase("有一点", "In part")
      case .no: Phrase("没有", "No")
      }
    }
  }
}
