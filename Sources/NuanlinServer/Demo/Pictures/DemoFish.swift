/// The fish and poultry stall.
extension DemoSketch {
  /// One fish, nose to the left, about 200 long.
  private mutating func oneFish(deep: Double) {
    blob([68, 0, 106, -36, 114, -30, 102, 0, 114, 30, 106, 38], tint.shade)
    blob([-20, -deep, 10, -deep - 21, 44, -deep * 0.5], tint.shade)
    blob([-10, deep * 0.86, 6, deep + 16, 26, deep * 0.7], tint.shade)
    blob(
      [
        -102, 2, -74, -deep * 0.76, -20, -deep, 36, -deep * 0.66, 78, -8, 78, 9, 36, deep * 0.66, -22, deep,
        -76, deep * 0.72,
      ], tint.base)
    blob(
      [-90, 10, -50, deep * 0.3, 20, deep * 0.3, 66, 6, 30, deep * 0.58, -22, deep * 0.86, -70, deep * 0.62],
      tint.light, ink: false)
    stroke([-52, -deep * 0.72, -38, 0, -54, deep * 0.7], DemoSketch.line, width: 2.2)
    oval(-74, -8, 8, 8, "#fffaf0")
    dots(-74, -8, 0, 0, count: 1, radius: 3.2, "#40352a")
    for row in 0..<3 {
      let x = Double(row) * 26 - 18
      stroke([x, -deep * 0.42, x + 8, -deep * 0.2, x, 0], tint.shade, width: 2)
    }
    stroke([-102, 6, -90, 9], DemoSketch.line, width: 2)
  }

  mutating func fish() {
    shadow(200, 218, 138, 15)
    oval(200, 186, 150, 50, "#fbf8f0")
    oval(200, 184, 126, 36, "#dbe9ee", ink: false)
    place(196, 168, turn: -5, scale: 1.2) { $0.oneFish(deep: 46) }
    leaf(292, 222, -160, 58, 15, "#7dab57")
    leaf(292, 222, -134, 44, 13, "#5a8a42")
  }

  mutating func smallFish() {
    shadow(200, 236, 132, 14)
    panel([58, 132, 326, 118, 346, 222, 72, 236], "#e7d3ab")
    for (y, turn) in [(138.0, -5.0), (174, -2), (208, -5)] {
      place(196, y, turn: turn, scale: 0.98) { $0.oneFish(deep: 21) }
    }
  }

  mutating func fishSteaks() {
    shadow(200, 236, 128, 14)
    oval(200, 204, 142, 40, "#fbf8f0")
    for (x, y, turn) in [(134.0, 178.0, -12.0), (262, 176, 14), (198, 168, 0)] {
      place(x, y, turn: turn) { s in
        s.blob(
          [0, -54, 36, -40, 48, 0, 34, 40, 12, 48, 0, 28, -12, 48, -34, 40, -48, 0, -36, -40], s.tint.base)
        s.blob(
          [0, -45, 28, -34, 39, 0, 28, 30, 12, 34, 0, 18, -12, 34, -28, 30, -39, 0, -28, -34], s.tint.light,
          ink: false)
        s.oval(0, -14, 9, 9, "#fffaf0")
        s.stroke([0, -24, 0, -40], s.tint.accent, width: 3)
        s.stroke([-9, -10, -28, 6], s.tint.accent, width: 2.4)
        s.stroke([9, -10, 28, 6], s.tint.accent, width: 2.4)
      }
    }
    leaf(302, 214, -150, 40, 14, "#7dab57")
  }

  mutating func ribbonFish() {
    shadow(200, 236, 130, 13)
    for (x, y, turn) in [(150.0, 136.0, -12.0), (246, 150, 9), (144, 184, 4), (244, 202, -7)] {
      place(x, y, turn: turn) { s in
        s.panel([-60, -21, 62, -18, 60, 19, -62, 22], s.tint.base)
        s.oval(61, 0, 10, 18, s.tint.accent)
        s.dots(61, 0, 0, 0, count: 1, radius: 4, "#fffaf0")
        s.stroke([-52, -10, 0, -12, 46, -9], s.tint.light, width: 5)
        s.stroke([-60, -26, 0, -28, 56, -24], s.tint.shade, width: 3)
      }
    }
  }

  mutating func shrimps() {
    shadow(200, 236, 124, 14)
    for (x, y, turn) in [(136.0, 142.0, -10.0), (254, 138, 24), (150, 204, 6), (260, 202, -14)] {
      place(x, y, turn: turn) { s in
        s.stroke([-40, -14, -74, -38, -62, -58], s.tint.shade, width: 2)
        s.stroke([-40, -14, -84, -18], s.tint.shade, width: 2)
        s.blob(
          [-48, -8, -24, -28, 12, -28, 40, -8, 46, 22, 30, 34, 26, 18, 10, 4, -14, 2, -36, 6], s.tint.base)
        s.blob([28, 30, 44, 24, 58, 40, 44, 46, 34, 52, 22, 44], s.tint.shade)
        for x in [-8.0, 10, 26] {
          s.stroke([x, -27 + abs(x - 4) * 0.3, x - 4, 2 + max(0, x) * 0.4], s.tint.shade, width: 2.2)
        }
        for x in [-24.0, -12, 0] { s.stroke([x, 3, x - 6, 17], s.tint.shade, width: 2.2) }
        s.dots(-34, -11, 0, 0, count: 1, radius: 3, "#40352a")
      }
    }
  }

  mutating func crab() {
    shadow(200, 232, 132, 15)
    for side in [-1.0, 1] {
      for (step, lift) in [(0.0, -8.0), (1, 10), (2, 30)] {
        pipe(
          [
            200 + side * 78, 164 + lift, 200 + side * (112 + step * 6), 148 + lift * 1.5,
            200 + side * (136 - step * 6), 196 + lift,
          ], tint.shade, width: 8)
      }
      pipe([200 + side * 64, 136, 200 + side * 98, 108, 200 + side * 86, 88], tint.shade, width: 12)
      blob(
        [
          200 + side * 88, 96, 200 + side * 54, 80, 200 + side * 56, 48, 200 + side * 76, 60, 200 + side * 84,
          40, 200 + side * 108, 62,
        ], tint.base)
      pipe([200 + side * 22, 128, 200 + side * 24, 112], tint.shade, width: 4)
      oval(200 + side * 24, 108, 7, 7, "#40352a")
    }
    blob([120, 168, 138, 132, 200, 118, 262, 132, 280, 168, 258, 204, 200, 218, 142, 204], tint.base)
    stroke([152, 152, 176, 140, 196, 138], tint.light, width: 6)
    stroke([176, 184, 200, 192, 224, 184], tint.shade, width: 3)
    stroke([124, 182, 200, 196, 276, 182], "#d9b877", width: 7)
    stroke([201, 120, 199, 216], "#d9b877", width: 7)
  }

  mutating func snails() {
    shadow(200, 238, 116, 14)
    oval(200, 208, 126, 38, "#e7d3ab")
    for (x, y) in [(132.0, 190.0), (190, 196), (250, 194), (160, 150), (222, 150), (284, 178)] {
      place(x, y, turn: random.number(-40, 40), scale: 0.9) { s in
        s.blob([0, -44, 22, -22, 31, 8, 12, 31, -16, 29, -30, 8, -20, -22], s.tint.base)
        s.oval(5, 12, 15, 13, s.tint.light)
        s.stroke([-21, -14, 0, -8, 21, -16], s.tint.shade, width: 2.4)
        s.stroke([-12, -28, 0, -24, 12, -29], s.tint.shade, width: 2.4)
      }
    }
    stroke([92, 222, 200, 246, 308, 222], "#b79a6b", width: 3)
  }

  mutating func clams() {
    shadow(200, 236, 124, 14)
    for (x, y, turn) in [
      (140.0, 140.0, -20.0), (250, 136, 18), (102, 198, 10), (196, 188, -6), (292, 196, -16),
    ] {
      place(x, y, turn: turn) { s in
        s.blob([0, 31, -30, 20, -48, -6, -34, -29, 0, -36, 34, -29, 48, -6, 30, 20], s.tint.base)
        for turn in [-40.0, -14, 14, 40] {
          s.place(0, 30, turn: turn) { $0.stroke([0, -8, 0, -52], $0.tint.shade, width: 2) }
        }
        s.stroke([-36, -8, 0, -16, 36, -8], s.tint.light, width: 3.5)
      }
    }
  }

  mutating func wholeChicken() {
    shadow(200, 232, 130, 15)
    oval(200, 210, 140, 32, "#fbf8f0")
    blob([88, 178, 96, 136, 144, 104, 206, 98, 262, 118, 294, 158, 286, 204, 226, 222, 142, 220], tint.base)
    blob([104, 194, 160, 204, 236, 204, 284, 184, 278, 206, 222, 218, 146, 216], tint.shade, ink: false)
    blob([226, 168, 262, 140, 306, 134, 344, 116, 352, 130, 318, 156, 288, 190, 244, 206], tint.base)
    oval(350, 121, 12, 10, tint.light)
    oval(346, 132, 10, 9, tint.light)
    blob([132, 152, 168, 134, 206, 146, 212, 172, 178, 186, 142, 176], tint.light)
    stroke([150, 160, 176, 152, 196, 160], tint.shade, width: 2.4)
    pipe([96, 150, 72, 132, 66, 108], tint.base, width: 18)
    stroke([122, 132, 154, 116, 190, 112], "#fffaee", width: 6)
  }

  mutating func drumsticks() {
    shadow(200, 238, 120, 14)
    for (x, y, turn) in [(150.0, 150.0, -38.0), (244, 148, 30), (190, 192, -8)] {
      place(x, y, turn: turn) { s in
        s.pipe([34, 0, 96, 2], "#fffaee", width: 13)
        s.oval(98, -7, 11, 9, "#fffaee")
        s.oval(98, 9, 11, 9, "#fffaee")
        s.blob([-76, 2, -62, -38, -20, -47, 24, -24, 56, -11, 56, 13, 24, 26, -20, 45, -62, 38], s.tint.base)
        s.stroke([-52, -18, -28, -29, 0, -24], s.tint.light, width: 7)
        s.dots(-20, 12, 36, 20, count: 8, radius: 1.9, s.tint.shade)
      }
    }
  }

  mutating func duck() {
    shadow(200, 238, 122, 14)
    pipe([110, 172, 84, 138, 100, 104], tint.base, width: 30)
    oval(106, 92, 33, 28, tint.base)
    blob([78, 90, 50, 92, 44, 103, 64, 110, 84, 104], "#ee9337")
    dots(98, 85, 0, 0, count: 1, radius: 3.4, "#40352a")
    blob(
      [84, 184, 110, 146, 176, 134, 250, 138, 308, 116, 322, 128, 304, 180, 262, 222, 176, 232, 108, 218],
      tint.base)
    blob([146, 168, 206, 154, 274, 162, 250, 196, 190, 204], tint.shade)
    stroke([166, 176, 210, 172, 248, 174], tint.light, width: 3)
    stroke([174, 188, 210, 187, 236, 186], tint.light, width: 3)
    stroke([178, 232, 174, 246, 160, 248], "#ee9337", width: 6)
    stroke([220, 230, 222, 246, 208, 248], "#ee9337", width: 6)
  }

  mutating func porkBelly() {
    shadow(200, 236, 128, 14)
    panel([74, 216, 322, 208, 334, 226, 84, 238], "#c99a63")
    panel([92, 126, 140, 96, 322, 96, 290, 126], tint.light)
    panel([290, 126, 322, 96, 324, 182, 292, 216], tint.shade)
    panel([92, 126, 290, 126, 292, 216, 92, 216], tint.base)
    for (y, height, fill) in [(130.0, 10.0, tint.accent), (150, 15, "#fdeae2"), (178, 14, "#fdeae2")] {
      blob(
        [
          94, y, 150, y + 5, 220, y - 3, 289, y + 3, 289, y + height, 220, y + height - 3, 150,
          y + height + 4, 94, y + height,
        ], fill, ink: false)
    }
    stroke([110, 122, 270, 121], "#fffaee", width: 3)
  }

  mutating func ribs() {
    shadow(200, 236, 130, 14)
    blob([78, 134, 140, 112, 220, 108, 316, 124, 326, 176, 306, 214, 210, 226, 104, 220, 74, 184], tint.base)
    for step in 0..<6 {
      let x = 108 + Double(step) * 38
      pipe([x, 116 - (step % 2 == 0 ? 0 : 6), x + 9, 168, x + 3, 228], "#fbf1dd", width: 13)
      stroke([x + 19, 124, x + 26, 168, x + 20, 214], tint.accent, width: 3)
    }
  }

  mutating func curedMeat() {
    shadow(200, 246, 78, 10)
    pipe([200, 30, 206, 46, 196, 62], "#b08a4a", width: 5)
    blob([156, 64, 244, 60, 256, 140, 248, 226, 204, 242, 154, 228, 146, 150], tint.base)
    blob([160, 72, 180, 70, 178, 150, 184, 230, 160, 222, 153, 150], "#f6ddc0", ink: false)
    blob([206, 66, 222, 66, 226, 140, 220, 232, 206, 232, 210, 150], "#f0cfae", ink: false)
    dots(200, 160, 40, 66, count: 18, radius: 2, "#fffaee")
    stroke([192, 84, 196, 150, 194, 220], tint.shade, width: 3)
    stroke([236, 84, 241, 150, 236, 216], tint.shade, width: 3)
  }
}
