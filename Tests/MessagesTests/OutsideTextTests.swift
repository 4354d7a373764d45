import Kernel
import People
import Security
import TestKit
import Testing
import Web

@testable import Messages

@Suite("What leaves the machine")
struct OutsideTextTests {
  @Test("a text says what kind it is, who says so, and whom to call")
  func sentence() {
    let card = CommunityCard(
      id: CommunityID(rawValue: 1), name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123",
      hosts: [])
    let chinese = OutsideText(Station.arrived, from: card, in: .chinese)
    #expect(chinese.sentence == "枫林社区：您订的东西到了。详情请打开暖邻，或致电 021-5555 0123。")
    #expect(
      AlibabaSMS.parameters(chinese) == #"{"community":"枫林社区","matter":"您订的东西到了","phone":"021-5555 0123"}"#)
    let english = OutsideText(Station.arrived, from: card, in: .english)
    #expect(
      english.sentence == "Maple Grove: your goods are here. Open Nuanlin to read it, or call 021-5555 0123.")
  }

  @Test("the kinds that stand here keep within what the services take")
  func length() {
    for kind in [MessageKind.anything, MessageKinds([])["unknown"], Station.arrived, Station.placed] {
      for language in Language.allCases {
        #expect(kind.headline[language].count <= OutsideText.valueLimit, "\(kind.code)")
      }
    }
  }

  @Test("whatever a message holds, none of it stands in what goes out", arguments: TestEngine.available)
  func nothingPersonal(engine: TestEngine) async throws {
    try await Station.with(engine) { station in
      var random = SeededGenerator(seed: 11)
      let secrets = [
        "王阿姨", "¥35.60", "草鸡蛋", "3号楼 2单元 501", "402817", "13800138000", "Free-range eggs", "/orders/",
      ]
      for number in 0..<40 {
        let chosen = secrets.shuffled(using: &random).prefix(.random(in: 1...8, using: &random))
        let text = chosen.joined(separator: " ")
        try await station.send([
          Message(
            to: station.wang, [Station.arrived, Station.placed][number % 2], about: Int64(number),
            occasion: text,
            Phrase(text, text), path: "/orders/402817")
        ])
      }
      try await station.messages.deliveries.round()
      #expect(station.sms.carried.count == 40)
      for carried in station.sms.carried {
        for secret in secrets {
          #expect(!carried.text.sentence.contains(secret))
          #expect(!AlibabaSMS.parameters(carried.text).contains(secret))
        }
        #expect(carried.link == "https://maple.example/account/messages")
      }
      #expect(Set(station.sms.carried.map(\.text.sentence)).count == 2, "only the kind makes a difference")
    }
  }
}
