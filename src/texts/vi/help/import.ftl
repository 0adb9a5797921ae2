# Help of the imports, named as in program.ftl. What the columns are called is added by the program.

import = Đưa địa giới, vụ việc, mô hình, công nhận hoặc số dân vào kho dữ liệu

## What follows the columns of every import of rows

import-rows = Nói sau các cột của mọi lệnh nhập theo hàng.
    .more =
        Cột mà tệp không có, hoặc ô trống, giữ nguyên điều đang lưu; --clear-empty cho ô trống xóa nó.
        Mã thoát 0 khi mọi thứ được nhận, 1 khi có hàng bị từ chối, 2 khi tệp không dùng được.

import-boundaries =
    Địa giới một cấp của một bộ, trọn vẹn hoặc không gì cả (GeoJSON, Shapefile, GeoPackage và định dạng khác)
    .file = Tệp: GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON, Parquet, CSV có WKT, cả khi nén (.gz, .zip)
    .edition = Bộ địa giới, mang tên tháng bắt đầu có hiệu lực
    .level = Cấp của các khu vực
    .code = Thuộc tính chứa mã chính thức
    .name = Thuộc tính chứa tên
    .parent = Thuộc tính chứa mã huyện
    .parent_name = Thuộc tính chứa tên huyện; huyện chưa có thì được tạo
    .population = Thuộc tính chứa số dân
    .population_year = Năm của số dân; không nêu thì là năm trong tên thuộc tính, hoặc năm của bộ địa giới
    .layer = Lớp của tệp có nhiều lớp; danh sách lớp được in ra khi cần mà chưa nêu
    .filters = Chỉ nhận đối tượng có giá trị này; được nêu nhiều lần
    .dissolve_by = Gộp các đối tượng có cùng giá trị ở đây; khi tên khác nhau thì lấy tên của đối tượng đầu tiên
    .repair = Sửa điều sửa được thay vì dừng lại
    .clean = Giao chỗ chồng lấn và khe hở rộng đến mức này (mét) cho một bên giáp: bên có đoạn giáp dài hơn, bằng nhau thì bên có mã nhỏ hơn
    .partial = Nhận tệp dù tệp tự nói chỉ là một phần của dữ liệu dài hơn
    .remove_missing = Nhận tệp thiếu khu vực của bộ đã nạp, các khu vực đó sẽ bị bỏ
    .more =
        Mỗi khu vực cần mã, tên và đường bao Polygon hoặc MultiPolygon, tính bằng độ, kinh độ trước, hoặc theo hệ quy chiếu
        mà tệp khai hay --crs nêu (VN-2000, UTM, Web Mercator); bảng không có đường bao cho biết các huyện và tỉnh. Tệp thuộc
        định dạng nào là do nội dung, không do tên. Khi không nêu --code, --name và --parent, các thuộc tính sau được thử
        theo cấp:
          commune: mã code, ward_code, commune_code, ma_xa; tên name, ward_name, commune_name, ten_xa; huyện, nếu tệp
            có, parent, district_code, ma_huyen
          district: mã code, district_code, ma_huyen; tên name, district_name, ten_huyen
          province: mã code, province_code, ma_tinh; tên name, province_name, ten_tinh
        Mã riêng của đối tượng được gọi là @id, như --code @id. Số dân chỉ được nhận khi có --population.
        Với --dissolve-by, các đối tượng cùng giá trị thành một khu vực: nhiều mã trong đó thì dừng; tên và huyện lấy của đối
        tượng đầu tiên, kèm lời nhắc; số dân khác nhau thì cộng lại, giống nhau hết thì lấy một lần.
        Mã thoát 0 khi địa giới đã được lưu, 2 khi không có gì được lưu.

        Ví dụ:
          binhyen import boundaries huyen.geojson --edition 2020-02 --level district
          binhyen import boundaries xa.geojson --edition 2020-02 --code ward_code --name ward_name \
            --parent district_code --parent-name district_name --population population_2019
          binhyen import boundaries xa.geojson --edition 2025-01 --clean 5
          binhyen import boundaries da-nang.geojson --edition 2025-07 --where "origin=Quảng Nam"
          binhyen import boundaries xa.shp --edition 2020-02 --encoding tcvn3        (cùng .dbf, .prj, .cpg bên cạnh)
          binhyen import boundaries xa.shp --edition 2020-02 --crs EPSG:5899         (VN-2000 mà không có .prj)
          binhyen import boundaries ranh-gioi.zip --edition 2020-02 --layer xa       (các Shapefile trong tệp ZIP)
          binhyen import boundaries ranh-gioi.gpkg --edition 2020-02 --level district --layer huyen
          binhyen import boundaries thon.gpkg --edition 2025-07 --dissolve-by ma_xa --code ma_xa --name ten_xa
          binhyen import boundaries xa.fgb --edition 2025-07                         (FlatGeobuf)
          binhyen import boundaries xa.parquet --edition 2025-07                     (GeoParquet)
          binhyen import boundaries xa.kmz --edition 2025-07 --code ma_xa            (Google Earth; --layer nêu thư mục)
          binhyen import boundaries tinh.topojson --edition 2025-07 --layer xa
          binhyen import boundaries xa.geojsonl.gz --edition 2025-07                 (mỗi dòng một đối tượng; gzip được cả)
          binhyen import boundaries xa.csv --edition 2025-07                         (đường bao WKT ở cột wkt hoặc geom)

import-incidents = Vụ việc theo mã
    .time_zone = Múi giờ của thời điểm không ghi độ lệch
    .time_zone_local = Giờ Việt Nam, UTC+7
    .time_zone_utc = UTC
    .severity_from =
        Mức độ của vụ việc mà hàng không nêu: của loại (category) trong bảng phân loại, hoặc một mức mặc định (default) từ 1 đến 5. Tệp không có cột này cần tùy chọn; báo cáo đếm các vụ đó
    .covers = Mọi vụ việc của các ngày này đã được biết: ĐẾN là ngày đầu tiên sau đó; TỪ.. kéo dài đến vụ cuối cùng
    .covers_channel = Cũng vậy cho một kênh bắt đầu muộn hơn hoặc kết thúc sớm hơn các kênh khác
    .covers_district = Cũng vậy cho một huyện bắt đầu muộn hơn hoặc kết thúc sớm hơn, theo mã trong bộ của --edition
    .covers_anew = Cho các khai báo này thay khai báo trước đó về cùng điều; không có thì cả hai cùng hiệu lực
    .more =
        Thời điểm ghi độ lệch (2024-12-31T08:15:00+07:00) hoặc theo múi giờ của --time-zone; chỉ có ngày thì là nửa đêm đầu
        ngày đó. Ngày như 31/12/2024 và dấu phẩy thập phân được đọc khi cả tệp cho thấy, hoặc theo --date-order và --decimal.
        Vị trí 0, 0 là không có vị trí: vụ việc khi đó được tính vào xã của area_code, không có điểm; vụ chỉ nêu huyện hoặc
        tỉnh được đếm riêng. Vị trí tính bằng độ: 108.42, 108°25'12"E, 108.42°Đ.
          edition: khi hàng không nêu thì theo --edition; chỉ cần khi có area_code
        Các từ là của taxonomy.toml, theo mã, số hoặc tên bằng một trong hai ngôn ngữ.
          category: trom_cap, co_y_gay_thuong_tich, danh_bac, cuop_cuop_giat, lua_dao_truc_tiep, huy_hoai_tai_san,
            gay_roi_trat_tu, giet_nguoi, tai_nan_giao_thong, vi_pham_giao_thong, chay, no, xam_hai_tinh_duc, bao_luc_gia_dinh,
            tre_em, ma_tuy, kinh_te, moi_truong, lua_dao_truc_tuyen, duoi_nuoc
          severity: 1 đến 5, hoặc hanh_chinh, it_nghiem_trong, nghiem_trong, rat_nghiem_trong, dac_biet_nghiem_trong; tệp
            không có cột này cần --severity-from, và ô trống được tính là 1 nếu không có tùy chọn đó
          status: recorded (mặc định), verified, closed, unfounded
          channel: 113, patrol, phone, portal, zalo, facebook, in_person, other (mặc định)
          precision: exact (mặc định khi có điểm), street, hamlet, area (mặc định khi không có điểm)

        Hãy nêu tệp bao trùm những ngày nào: --covers 2022-12-15..2025-12-15 nghĩa là mọi vụ việc của các ngày này đã được
        biết, còn của ngày 15 tháng 12 năm 2025 thì không. Kỳ vượt ra ngoài được cắt theo các ngày bao trùm, để những tháng
        thiếu không bao giờ trông như giảm. Khai báo của nhiều lần nhập cùng hiệu lực; --covers-anew đặt khai báo mới vào
        chỗ khai báo cũ. Không có khai báo nào thì các ngày từ vụ đầu tiên đến vụ cuối cùng được coi là bao trùm; lần nhập
        không có --covers không thay đổi khai báo nào.

        Ví dụ:
          binhyen import incidents 2026-h1.csv --covers 2025-12-15..2026-06-15
          binhyen import incidents all.csv --covers 2022-12-15.. --covers-channel app=2024-03-01.. \
            --edition 2025-01 --covers-district 503=2023-06-01..2025-12-15
          binhyen import incidents vu-viec.csv --map category=loai --ignore-column "ghi chú" --rejects rejects.csv
          binhyen import incidents bao-cao.csv --encoding tcvn3 --decimal comma --date-order dmy --severity-from category
          binhyen import incidents vu-viec.shp --encoding tcvn3 --where "tinh=Quảng Nam" --severity-from category
          binhyen import incidents vu-viec.gpkg --layer "2024" --map time=thoi_gian
          binhyen import incidents incidents.csv --time-zone utc --value "category:trộm=trom_cap" --dry-run

import-models = Mô hình cộng đồng theo mã. Mô hình gốc phải đã có và đã bắt đầu trước đó
    .more =
        Mô hình cần một vị trí, hoặc mã khu vực cùng bộ địa giới.
          kind: theo rules.toml; có sẵn là camera, keng_loa_an_ninh, to_tu_quan, khu_dan_cu_khong_te_nan, cum_giap_ranh,
            anh_sang_an_ninh, cong_truong_an_toan, doan_duong_tu_quan, to_lien_gia_pccc, to_hoa_giai
          edition: khi hàng không nêu thì theo --edition; chỉ cần khi có area_code
          origin: new (mặc định khi không có mô hình gốc), replicated (mặc định khi có)
          review: good, fair, weak, unclassified; ngày rà soát ở reviewed_on
        Mã đứng trong địa chỉ: không được có / \ ? # %.

        Ví dụ:
          binhyen import models mo-hinh.csv --map kind=loai --rejects rejects.csv
          binhyen import models mo-hinh.kmz --layer Camera --map id=ma --ignore-column name

import-model-events = Những gì xảy ra với các mô hình
    .more =
        Giá trị của các cột:
          event: built, replicated, kept, reviewed, adjusted, retired; mỗi việc phải khớp với mô hình mà nó nêu
          result: chỉ của việc rà soát (reviewed), good, fair, weak, unclassified

        Ví dụ:
          binhyen import model-events ra-soat.csv --map on=ngay_ra_soat

import-certifications = Công nhận theo đơn vị và kỳ
    .more =
        Giá trị của các cột:
          unit_kind: residential_area, commune, agency, business, school
          window: kỳ công nhận của rules.toml: ANTT-2024-kdc cho residential_area, ANTT-2024-xa cho các loại khác
          registered, recognised: yes, true, 1, có, đạt; hoặc no, false, 0, không, chưa đạt, không đạt
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import certifications cong-nhan.csv --edition 2025-07

import-residential-areas = Danh sách khu dân cư
    .more =
        Giá trị của các cột:
          label: tên gọi của nơi chốn, không bao giờ của người
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import residential-areas khu-dan-cu.xlsx --sheet "2025" --edition 2025-07

import-institutions = Danh sách đơn vị: cơ quan, doanh nghiệp, nhà trường
    .more =
        Giá trị của các cột:
          unit_kind: agency, business, school
          form: micro, small, medium, large (của business); kindergarten, primary, lower_secondary, upper_secondary, higher
            (của school). Loại hình nào không phải đăng ký là do thông tư đang có hiệu lực quy định.
          label: tên gọi của nơi chốn, không bao giờ của người
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import institutions don-vi.xlsx --edition 2025-07 --map unit_id="Mã" --value "unit_kind:trường=school"

import-decisions = Quyết định công nhận chính thức theo đơn vị và kỳ
    .more =
        Giá trị của các cột:
          unit_kind: residential_area, commune, agency, business, school
          window: kỳ công nhận của rules.toml: ANTT-2024-kdc cho residential_area, ANTT-2024-xa cho các loại khác
          recognised: yes, true, 1, có, đạt; hoặc no, false, 0, không, chưa đạt, không đạt
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import decisions quyet-dinh.xlsx --edition 2025-07

import-declarations = Điều các đơn vị tự khai về tiêu chí, theo đơn vị, kỳ và tiêu chí
    .more =
        Giá trị của các cột:
          unit_kind: residential_area, commune, agency, business, school
          window: kỳ công nhận của rules.toml: ANTT-2024-kdc cho residential_area, ANTT-2024-xa cho các loại khác
          criterion: của thông tư có hiệu lực vào cuối kỳ, như 5.1.a
          met: yes, true, 1, có, đạt; hoặc no, false, 0, không, chưa đạt, không đạt
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import declarations tieu-chi.xlsx --edition 2025-07 --rejects rejects.csv

import-movement-grades = Xếp loại phong trào theo xã và kỳ
    .more =
        Giá trị của các cột:
          window: kỳ công nhận của rules.toml dành cho xã, như ANTT-2024-xa
          grade: Xuất sắc, Khá, Trung bình, Yếu; hoặc excellent, good, average, weak
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import movement-grades phan-loai.xlsx --edition 2025-07

import-population = Số dân theo khu vực và năm
    .more =
        Giá trị của các cột:
          population: một số nguyên; 12.345 được đọc khi có --decimal comma
          edition: khi hàng không nêu thì theo --edition

        Ví dụ:
          binhyen import population dan-so.csv --edition 2025-07

import-exposures = Các đại lượng khác mà tỷ suất có thể được tính theo, theo xã và năm
    .more =
        Giá trị của các cột:
          measure: visitors (số người có mặt trung bình mỗi ngày), road_km (số km đường công cộng)
          edition: khi hàng không nêu thì theo --edition
        Bộ quy tắc xếp loại nêu mỗi thành phần được tính theo đại lượng nào; thành phần thiếu số của mình thì không được xếp
        loại ở đó.

        Ví dụ:
          binhyen import exposures khach-va-duong.xlsx --edition 2025-07 --value "measure:khách=visitors"
