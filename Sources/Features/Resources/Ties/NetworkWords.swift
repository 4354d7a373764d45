import Kernel

extension Tie.Kind {
  var name: Phrase {
    switch self {
    case .helped: Phrase("帮忙", "Helped")
    case .coAttended: Phrase("一起参加", "Came together")
    case .traded: Phrase("买卖", "Traded")
    case .referred: Phrase("转介", "Referred")
    case .taught: Phrase("教人", "Taught")
    }
  }
}

extension Party.Kind {
  var name: Phrase {
    switch self {
    case .person: Phrase("居民", "Residents")
    case .merchant: Phrase("商户", "Merchants")
    case .organisation: Phrase("单位", "Organisations")
    }
  }
}
