package import Kernel

/// What can be given, lent, promised or needed. Source: paper 5.3 (places, storage, transport, market information, raw
/// materials), field/socialwork.md §2.11.
package enum ResourceCategory: String, Sendable, CaseIterable {
  case place
  case storage
  case transport
  case marketInformation = "market_information"
  case rawMaterials = "raw_materials"
  case money
  case hands
  case skill
  case teaching
  case goods
  case company
  case errands
  case repair
  case digital

  package var name: Phrase {
    switch self {
    case .place: Phrase("场地", "Rooms and places")
    case .storage: Phrase("存放", "Storage")
    case .transport: Phrase("运输", "Transport")
    case .marketInformation: Phrase("市场信息", "Market information")
    case .rawMaterials: Phrase("原料", "Raw materials")
    case .money: Phrase("资金", "Money")
    case .hands: Phrase("人手", "Hands")
    case .skill: Phrase("手艺", "Skills")
    case .teaching: Phrase("教人", "Teaching")
    case .goods: Phrase("物品", "Things")
    case .company: Phrase("陪伴", "Company")
    case .errands: Phrase("跑腿", "Errands")
    case .repair: Phrase("修理", "Repairs")
    case .digital: Phrase("手机和网络", "Phones and the internet")
    }
  }
}
