/** The first tries of anyone who guesses, here included. Compared folded and without spaces or punctuation. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
    1234567890 0123456789 0987654321 1111111111 0000000000 1234512345 12345678910 123456789a a123456789
    1q2w3e4r5t qwertyuiop qwerty1234 qwerty12345 asdfghjkl1 password12 password123 password1234
    passw0rd123 iloveyou12 iloveyou123 welcome123 administrator admin12345 admin123456 letmein123
    abcd123456 abc1234567 matkhau123 matkhau1234 matkhau12345 matkhau123456 congdoan123 congdoan2024
    congdoan2025 congdoan2026 congdoanvietnam vietnam123 vietnam1234 vietnam2025 vietnam2026 anhyeuem123
    emyeuanh123 khongbiet123 sovang1234 sovangminhhoa
  `
    .trim()
    .split(/\s+/),
);
