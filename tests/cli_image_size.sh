#!/bin/sh
# Images of other sizes than 32 x 32: generated, as files, in networks, on several ranks, exported.
. "$(dirname "$0")/tap.sh"
settings large.json --dataset synthetic-images --image-size 64 --train-limit 96 --test-limit 32 --model resnet8-gn \
    --workers 4 --batch-size 8 --epochs 1 --alpha 1 --lr 0.1 --warmup-epochs 0
exits 0 "files of 64 x 64" on 1 data generate png-folder --out data --image-size 64 --train-limit 96 --test-limit 32
says "png-folder, seed 1, difficulty 0.5, 64 x 64: 96 training and 32 test samples of 10 classes"
for data in synthetic-images png-folder; do
    for ranks in 1 2; do
        exits 0 "resnet8-gn on $data, $ranks ranks" on $ranks run large.json --dataset $data --data-dir data \
            --out $data-$ranks
    done
    ok "  same bits" same $data-1 $data-2
done
tr -d '\n\t' <png-folder-1/manifest.json >said
says '"input":[3, 64, 64]'
for model in vgg11-w1 vgg11-relay-w1; do
    for ranks in 1 2; do
        exits 0 "$model, $ranks ranks" on $ranks run large.json --model $model --save-model true --out $model-$ranks
    done
    ok "  same bits" same $model-1 $model-2
    exits 0 "  its model" on 1 evaluate $model-1/model.safetensors --out $model.npz
    accuracy=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "acc_average_pct") k = i } END { printf "%.2f", $k }' \
        $model-1/metrics.csv)
    says "accuracy $accuracy % of 32 test images"
done
exits 0 "the size by the files alone" on 1 run large.json --dataset png-folder --data-dir data --image-size 0 --out own
ok "  same figures" cmp own/metrics.csv png-folder-1/metrics.csv
exits 1 "files of another size" on 1 run large.json --dataset png-folder --data-dir data --image-size 48 --out no
says "generated-0/00.png: is 64 x 64, but image_size is 48"
exits 2 "VGG-11 on what it cannot halve" on 1 run large.json --image-size 48 --model vgg11-w1 --out no
says "model 'vgg11-w1' halves images five times: 48 x 48 is not divisible by 32"
exits 0 "a network that can" on 1 run large.json --image-size 9 --train-limit 32 --workers 2 --out nine
exits 0 "samples for other programs" on 1 data export large.json --out samples.npz
exits 0 "a preview" on 1 data preview png-folder --dir data --out sheet.png
says "sheet.png: images of 10 of 10 classes"
exits 0 "a check" on 1 data check synthetic-images --image-size 64
says "training: 2000 images of 10 classes, 200 to 200 of each"
exits 0 "data set in info" on 1 info dataset png-folder
says "image_size"
finish
