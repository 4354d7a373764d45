import Kernel
import Web

/// What people say of a line, read into an answer that cannot be wrong.
enum SuspenseForm {
  enum Choice: String, CaseIterable {
    case order, recorded, returned, fee, community

    func name(isIncoming: Bool) -> Phrase {
      switch self {
      case .order: Phrase("某个订单的付款", "It pays an order")
      case .recorded: Phrase("账上已经有的一笔", "The books have it already")
      case .returned: Phrase("退回给汇款人", "It goes back to the sender")
      case .fee:
        isIncoming ? Phrase("退还的手续费", "A fee given back") : Phrase("银行或平台手续费", "A fee of the bank or service")
      case .community:
        isIncoming ? Phrase("社区的收入", "Income of the community") : Phrase("社区的支出", "A cost of the community")
      }
    }
  }

  /// - Throws: `form.invalid` with every wrong field.
  static func answer(_ form: Form) throws -> SuspenseAnswer {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...1_000_000)
    let choice = reader.choice("what", of: Choice.self)
    let amount = reader.money("amount")
    let isOrder = choice == .order
    let campaign = reader.identifier("campaign", of: CampaignKind.self, isRequired: isOrder)
    let number = reader.integer("number", in: 1...9_999_999, isRequired: isOrder)
    let recorded = reader.text("recorded", length: 1...60, isRequired: choice == .recorded)
    let source = recorded.flatMap { movement($0) }
    if choice == .recorded, recorded != nil, source == nil {
      reader.add("recorded", Phrase("请从列表里选。", "Please choose from the list."))
    }
    try reader.finish()
    guard let seen, let choice, let amount else { throw Problem.internalFault }
    return SuspenseAnswer(
      seen: Int(seen), amount: amount, what: try what(choice, campaign, number, source))
  }

  private static func what(
    _ choice: Choice, _ campaign: CampaignID?, _ number: Int64?, _ source: Journal.Source?
  ) throws -> SuspenseAnswer.What {
    switch choice {
    case .order:
      guard let campaign, let number else { throw Problem.internalFault }
      return .order(campaign: campaign, number: number)
    case .recorded:
      guard let source else { throw Problem.internalFault }
      return .recorded(source)
    case .returned: return .returned
    case .fee: return .fee
    case .community: return .community
    }
  }

  /// How a movement is named in a list of choices.
  static func value(_ source: Journal.Source) -> String { "\(source.kind.rawValue)-\(source.id)" }

  private static func movement(_ value: String) -> Journal.Source? {
    let pieces = value.split(separator: "-").map(String.init)
    guard pieces.count == 2, let kind = Journal.Source.Kind(rawValue: pieces[0]), let id = Int64(pieces[1])
    else { return nil }
    return Journal.Source(kind, id)
  }
}
