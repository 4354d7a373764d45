package import Care
import Kernel
import Shop

extension PracticeLink {
  /// The practice shop beside a live community, asked for the one code that a leader types in.
  package static let shop = PracticeLink(
    isSetUp: { community, snapshot in try PracticeStore.shop(besides: community, snapshot) != nil },
    deeds: { code, range, community, snapshot in
      guard let shop = try PracticeStore.shop(besides: community, snapshot) else { return .noShop }
      guard
        let deed = try PracticeStore.deeds(
          ofCode: digits(of: code), during: range, in: shop.community, snapshot)
      else { return .nobody }
      return .did(
        PracticeDeeds(
          steps: Int64(deed.steps.count), trapsMet: Int64(deed.traps.count),
          trapsSeenThrough: Int64(deed.traps.values.count { $0 }), orders: deed.orders))
    })

  /// A code as it stands on the slip: people type spaces in it, and full-width digits.
  private static func digits(of typed: String) -> String {
    var digits = String.UnicodeScalarView()
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39: digits.append(scalar)
      case 0xFF10...0xFF19: digits.append(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30)))
      default: continue
      }
    }
    return String(digits)
  }
}
