/// A shelf with bags, drawn by the program, since the demo has no camera.
enum DemoShelfPicture {
  static func drawing(seed: String) -> String {
    var random = DemoRandom(key: "\(seed)/shelf")
    let tints = ["#c9a26b", "#8fae7c", "#d3c2a0", "#b9755a"]
    var bags = ""
    for row in 0..<3 {
      for column in 0..<6 where !random.chance(perMille: 150) {
        let (x, y) = (28 + column * 60, 30 + row * 90)
        let tint = tints[random.integer(in: 0...3)]
        bags += "<rect x=\"\(x)\" y=\"\(y + 8)\" width=\"44\" height=\"50\" rx=\"5\" fill=\"\(tint)\"/>"
        bags += "<path d=\"M\(x + 12) \(y + 8)v-8h20v8\" fill=\"none\"/>"
      }
    }
    let boards = (0..<3).map {
      "<rect x=\"12\" y=\"\(90 + $0 * 90)\" width=\"376\" height=\"8\" fill=\"#7a5b3c\"/>"
    }
    return DemoPictures.document(
      width: 400, height: 300,
      "<rect width=\"400\" height=\"300\" fill=\"#f3eadb\" stroke=\"none\"/>\(boards.joined())\(bags)")
  }
}
