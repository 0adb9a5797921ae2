# Codes of the data in words.

## Levels of areas, in a sentence

level-commune = xã, phường, thị trấn
level-district = huyện, thị xã, thành phố
level-province = tỉnh, thành phố

## Levels of areas, in a cell

word-level-commune = Xã, phường, thị trấn
word-level-district = Huyện, thị xã, thành phố
word-level-province = Tỉnh, thành phố

## What stands in the place of a grade

word-grade-range = Khoảng giữa hai loại
word-grade-insufficient = Chưa đủ số liệu
word-grade-suppressed = Không công bố
word-grade-none = Chưa có số dân
word-grade-not-covered = Số liệu chưa đủ ngày
word-grade-no-exposure = Chưa có số liệu làm mẫu số

## The standard of the statute

word-statutory-met = Đạt
word-statutory-not-met = Chưa đạt
word-statutory-insufficient = Chưa đủ căn cứ

## What can be said of a difference

word-clearly-higher = Cao hơn rõ
word-clearly-lower = Thấp hơn rõ
word-unclear = Không khác biệt rõ

## Steps of a series

word-partial = Chưa trọn
